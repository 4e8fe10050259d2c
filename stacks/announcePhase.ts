import * as pulumi from "@pulumi/pulumi";
import { resolvePhase } from "../components/model/phase";
import type { Settings } from "./resolveSettings";

/** What an operator must know of a stack that is not yet where the decision wants it. */
export function announcePhase(settings: Pick<Settings, "phase" | "plainCalls">): void {
    const { calls, entrance, number } = resolvePhase(settings);
    const plain = [
        ...(entrance === "services" ? ["from API Gateway's VPC link to the services behind APIs"] : []),
        ...(calls === "plain text" ? ["between services"] : []),
    ];
    if (plain.length > 0) {
        void pulumi.log.warn(
            `Phase ${number} of 3: plain text inside the VPC ${plain.join(" and ")}; nobody holds a user to 1000 requests a minute but AWS WAF and the usage plans, approximately. docs/migration.md says what comes next.`,
        );
    }
}
