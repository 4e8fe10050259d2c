import type { IngressRoute, MeshServiceDefinition } from "../components/model/mesh";
import { Issues, wantOneOf, type Issue } from "../components/model/issues";
import type { Guests } from "../components/mesh/guests";
import { apis, serviceNames, services } from "./catalogue";
import type { TrafficSettings } from "./settingsSchema";

type GuestSettings = TrafficSettings["guests"][string];

/** Services that other stacks deploy, as the mesh takes them. */
export function meshGuests({ guests }: TrafficSettings): Guests {
    const entries = Object.entries(guests).map(
        ([name, { tasks }]) => [name, tasks === undefined ? {} : { tasks }] as const,
    );
    return Object.fromEntries(entries);
}

/** The shop's services, which let guests in and call them as the settings say. */
export function servicesWithGuests({
    guests,
}: TrafficSettings): Readonly<Record<string, MeshServiceDefinition>> {
    const all = Object.entries(guests);
    const named = (side: "calls" | "calledBy", service: string): readonly string[] =>
        all.filter(([, guest]) => guest[side].includes(service)).map(([name]) => name);
    const entries = Object.entries<MeshServiceDefinition>(services).map(([name, service]) => {
        const callers = named("calls", name);
        const callees = named("calledBy", name);
        return [
            name,
            {
                ...service,
                ...(callers.length === 0
                    ? {}
                    : { foreignCallers: Object.fromEntries(callers.map((caller) => [caller, {}])) }),
                ...(callees.length === 0 ? {} : { calls: [...(service.calls ?? []), ...callees] }),
            },
        ] as const;
    });
    return Object.fromEntries(entries);
}

/** Where requests of guests' APIs are handed to. */
export function guestRoutes({ guests }: TrafficSettings): readonly IngressRoute[] {
    return Object.entries(guests).flatMap(([service, { api }]) =>
        api === undefined ? [] : [{ api, service }],
    );
}

/** Scopes of guests' APIs, with what each allows: whoever signs in to the shop gets them. */
export function guestScopes({ guests }: TrafficSettings): Readonly<Record<string, string>> {
    return Object.assign({}, ...Object.values(guests).map(({ scopes }) => scopes)) as Record<string, string>;
}

/** Stacks whose contracts are read: those of guests that are called. */
export function guestStacks({ guests }: TrafficSettings): readonly string[] {
    return [...new Set(Object.values(guests).flatMap(({ stack }) => stack ?? []))];
}

/** What the mesh itself does not check of them. */
export function checkGuestSettings({ dataPlane, guests, phase }: TrafficSettings): readonly Issue[] {
    const issues = new Issues();
    const isOpen = Object.keys(guests).length === 0 || (phase === 3 && dataPlane === "envoy");
    issues.require(
        isOpen,
        "traffic:guests",
        Object.keys(guests),
        'none before phase 3 of data plane "envoy"',
    );
    for (const [name, guest] of Object.entries(guests)) {
        issues.addAll(checkGuest(guest), `traffic:guests.${name}`);
    }
    return issues.all;
}

function checkGuest({ api, calledBy, calls, stack }: GuestSettings): readonly Issue[] {
    const issues = new Issues();
    for (const [side, names] of Object.entries({ calls, calledBy })) {
        for (const [index, service] of names.entries()) {
            const isOurs = serviceNames.some((name) => name === service);
            issues.require(isOurs, `${side}[${index}]`, service, wantOneOf(serviceNames));
        }
    }
    const isRead = stack !== undefined || (calledBy.length === 0 && api === undefined);
    const wantStack = "the guest's stack, deployed before: its contract says who may call it";
    issues.require(isRead, "stack", stack, wantStack);
    const isFree = api === undefined || !Object.hasOwn(apis, api);
    issues.require(isFree, "api", api, "a name that none of the shop's APIs has");
    return issues.all;
}
