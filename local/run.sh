# Sourced by the plugin executables: becomes Node.js running the given file of local/, from any current directory. What is loaded before tsx
# loads faster: `before.cjs` beside the file names more of it.
local_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
entry=$1
shift
before="$local_folder/$(dirname "$entry")/before.cjs"
[ -e "$before" ] || before="$local_folder/typescript.cjs"
exec node --require "$before" --require "$local_folder/typescript.cjs" "$local_folder/$entry" "$@"
