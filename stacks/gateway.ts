import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ApiEdge } from "../components/gateway/ApiEdge";
import { ApiPlans } from "../components/gateway/ApiPlans";
import { ApiQueries } from "../components/gateway/ApiQueries";
import type { ApiBackend, VersionArgs } from "../components/gateway/apiArgs";
import type { HostedZone } from "../components/gateway/edgeArgs";
import { ExternalApi } from "../components/gateway/ExternalApi";
import { scopesOf } from "../components/gateway/openapi/scopes";
import type { ContractSource } from "../components/gateway/openapi/source";
import type { Network } from "../components/network/Network";
import type { Placement } from "../components/placement";
import {
    apis,
    publicVersion,
    shopperScopes,
    type ApiName,
    type PublicApi,
    type PublicVersion,
    type ServiceName,
} from "./catalogue";
import { guestScopes } from "./guests";
import type { Settings } from "./resolveSettings";

export interface ShopGateway {
    readonly edge: ApiEdge;
    readonly apis: Readonly<Record<ApiName, ExternalApi>>;
    readonly plans: ApiPlans;
}

const projectRoot = join(__dirname, "..");
const publicApis = Object.entries(apis) as readonly [ApiName, PublicApi][];

/** The public APIs behind the edge, each with the backend that `backendOf` its service is. */
export function createGateway(
    settings: Settings,
    edge: ApiEdge,
    backendOf: (service: ServiceName) => ApiBackend,
): ShopGateway {
    const contracts = readContracts();
    const created = publicApis.map(([name, { service, publicOperations }]) => [
        name,
        new ExternalApi(name, {
            edge,
            backend: backendOf(service),
            service,
            contracts: contracts[name],
            publicOperations,
        }),
    ]);
    const external = Object.fromEntries(created) as Record<ApiName, ExternalApi>;
    const { web, mobile } = settings.clients;
    const plans = new ApiPlans("plans", {
        edge,
        apis: Object.values(external),
        web: { users: web.users },
        mobile: { users: mobile.users },
    });
    new ApiQueries("queries", { edge, apis: Object.values(external) });
    return { edge, apis: external, plans };
}

type Contracts = Readonly<Record<ApiName, Readonly<Record<string, ContractSource & VersionArgs>>>>;

function readContracts(): Contracts {
    const sources = publicApis.map(([name, { contracts }]) => [
        name,
        Object.fromEntries(
            Object.entries(contracts).map(([version, each]) => [version, readVersion(publicVersion(each))]),
        ),
    ]);
    return Object.fromEntries(sources) as Contracts;
}

function readVersion({ contract, translation, deprecation }: PublicVersion): ContractSource & VersionArgs {
    return {
        ...readSource(contract),
        ...(translation === undefined ? {} : { translation: readSource(translation) }),
        ...(deprecation === undefined ? {} : { deprecation }),
    };
}

function readSource(file: string): ContractSource {
    return { file, text: readFileSync(join(projectRoot, file), "utf8") };
}

/** What all APIs share; the way into the VPC is without an end yet. */
export function createEdge(settings: Settings, placement: Placement, network: Network): ApiEdge {
    const contracts = readContracts();
    const { clients, domain, certificateArn, prefix } = settings;
    const { web, mobile, consumers } = clients;
    const ofGuests = guestScopes(settings);
    const scopes = [...shopperScopes, ...Object.keys(ofGuests)];
    return new ApiEdge("edge", {
        placement,
        domain: {
            name: domain,
            zone: hostedZone(settings),
            ...(certificateArn === undefined ? {} : { certificateArn }),
        },
        network,
        signIn: settings.signIn ?? {
            domainPrefix: `${domain.split(".").reverse().join("-")}-${prefix}`.slice(0, 63),
        },
        clients: {
            web: { callbackUrls: web.callbackUrls, scopes },
            mobile: { callbackUrls: mobile.callbackUrls, scopes },
            consumers,
        },
        allowedOrigins: settings.allowedOrigins,
        scopes: {
            ...scopesOf(Object.values(contracts).flatMap((versions) => Object.values(versions))),
            ...ofGuests,
        },
    });
}

/** A zone of the domain's own name, to be delegated to, where none is brought. */
function hostedZone({ hostedZoneId, domain }: Settings): HostedZone {
    return hostedZoneId === undefined ? { create: true, name: domain } : { id: hostedZoneId };
}
