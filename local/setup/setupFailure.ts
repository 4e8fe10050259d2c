/** Something that the user has to put right before local mode can run. The message is shown as it is. */
export class SetupFailure extends Error {
    override readonly name = "SetupFailure";
}
