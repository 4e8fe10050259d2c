/** Whether the process lives. */
export function isAlive(pid: number): boolean {
    try {
        process.kill(pid, 0);
        return true;
    } catch (error) {
        // Somebody else's process lives, too.
        return error instanceof Error && "code" in error && error.code === "EPERM";
    }
}
