import { addressesOf, type Room } from "../mesh/taskRoom";
import type { Issue } from "../model/issues";
import { awsQuotas } from "../model/quotas";
import { mostTasks } from "../model/scaling";

/** The ingress has a listener too, before requests are sent to it. */
const mostServices = awsQuotas.listeners.value - 1;

const otherwise = "move services to the ingress (phase 3) before more get an API";

/** Each service behind an API has a listener, and a rule in two security groups, which have room for more. */
export function checkEntrance(services: readonly string[]): readonly Issue[] {
    const first = services[mostServices];
    const want = `at most ${mostServices} (${awsQuotas.listeners.name}: ${awsQuotas.listeners.value}, one of them the ingress's): "${String(first)}" is the first too many; ${otherwise}`;
    return first === undefined
        ? []
        : [{ path: "mesh.ingress", got: `${services.length} services behind APIs`, want }];
}

/** Each task of such a service is a target of the one load balancer, and so is each of the ingress's. */
export const targetRoom: Room = {
    what: "the load balancer, besides the ingress,",
    addresses: awsQuotas.targets.value - addressesOf(mostTasks),
    source: `${awsQuotas.targets.source}, "${awsQuotas.targets.name}"`,
    otherwise,
};
