# verify_library.sh KRAIT: each module of the library of python3.11, its tests left out, through all passes, with the verifier behind each pass.
folder=$(/usr/bin/python3.11 -c 'import os; print(os.path.dirname(os.__file__))')
find "$folder" -name '*.py' -not -path '*/test/*' -not -path '*/tests/*' -not -path '*-packages/*' -print0 |
  xargs -0 -P 2 -n 16 sh -c 'for file; do "$0" emit --ir --verify-each "$file" 2>&1 >/dev/null || echo "$file"; done' "$1"
