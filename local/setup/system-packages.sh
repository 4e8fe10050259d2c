# Sourced by CI: installs what the checks need of the system's own packages, where it is missing and apt is there to install it.
# A store for the limiter: Valkey, or the Redis that it was made from, where the system is older.
if ! command -v valkey-server >/dev/null && ! command -v redis-server >/dev/null && command -v apt-get >/dev/null; then
    as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }
    as_root apt-get update -qq
    for package in valkey-server redis-server; do
        if apt-cache show "$package" >/dev/null 2>&1; then
            as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package"
            break
        fi
    done
fi
