/** What a played AWS has written down. */
export class Records {
    /** Tasks are being replaced. */
    restarting = false;
    readonly accessLog: Readonly<Record<string, string>>[] = [];
    readonly ingressLog: Readonly<Record<string, string>>[] = [];
    readonly webAclLog: string[] = [];

    access(url: string, status: number, waf: string, refusal: string): void {
        this.accessLog.push({ url, status: String(status), waf, refusal });
    }

    request(path: string): void {
        this.ingressLog.push({ path });
    }

    webAcl(credential: string): void {
        this.webAclLog.push(
            JSON.stringify({ httpRequest: { headers: [{ name: "authorization", value: credential }] } }),
        );
    }
}
