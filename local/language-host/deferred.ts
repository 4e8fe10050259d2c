/** A promise that is settled from outside; settling it again changes nothing. */
export class Deferred<Value> {
    readonly promise: Promise<Value>;
    resolve!: (value: Value) => void;
    reject!: (reason: unknown) => void;

    constructor() {
        this.promise = new Promise((resolve, reject) => {
            this.resolve = resolve;
            this.reject = reject;
        });
    }
}
