# For each line of arguments: the first line of what krait says to it, and krait's exit status.
while read -r arguments; do
  said=$(eval "krait $arguments" 2>&1 < /dev/null)
  status=$?
  printf '%s -> %s [%s]\n' "$arguments" "$(printf %s "$said" | head -n 1)" "$status"
done
