import type { Rule } from "./definition";

/** Keys of the alarms that a rule asks. */
export function alarmsOf(rule: Rule): readonly string[] {
    if ("alarm" in rule) {
        return [rule.alarm];
    }
    return ("all" in rule ? rule.all : rule.any).flatMap(alarmsOf);
}

/** The rule in CloudWatch's syntax. Source: CloudWatch API reference, PutCompositeAlarm, AlarmRule. */
export function ruleText(rule: Rule, nameOf: (key: string) => string): string {
    if ("alarm" in rule) {
        return `ALARM("${nameOf(rule.alarm)}")`;
    }
    const [parts, operator] = "all" in rule ? [rule.all, " AND "] : [rule.any, " OR "];
    const texts = parts.map((part) => ruleText(part, nameOf));
    return texts.length === 1 ? texts.join("") : `(${texts.join(operator)})`;
}
