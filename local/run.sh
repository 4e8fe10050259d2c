# Sourced by the plugin executables: becomes Node.js running the given file of local/, from any current directory.
local_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
entry=$1
shift
exec node --require "$local_folder/typescript.cjs" "$local_folder/$entry" "$@"
