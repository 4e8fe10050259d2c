# Sourced by the plugin executables: becomes Node.js running the given file of local/, from any current directory. `before.cjs` beside the
# file, where there is one, names packages that it needs and that load faster before tsx.
local_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
entry=$1
shift
before="$local_folder/$(dirname "$entry")/before.cjs"
[ -e "$before" ] || before="$local_folder/typescript.cjs"
exec node --require "$before" "$local_folder/$entry" "$@"
