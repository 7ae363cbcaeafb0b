# faulty_store.sh KIND FOLDER FAULT...: for each fault of a store (with_store.py) the messages of a build from an empty cache, and what
# the program prints. $WAIT: seconds that the build may wait for the store; processors may be busy.
kind=$1 folder=$2
shift 2
for fault; do
  echo "-- $fault"
  rm -rf "$folder/fresh" "$folder/program"
  KRAIT_CACHE_REMOTE_TIMEOUT=$WAIT KRAIT_CACHE_DIR=$folder/fresh /usr/bin/python3.11 "$(dirname "$0")/with_store.py" "$kind:$fault" "$folder/store" \
    krait build "$folder/src/app.py" -o "$folder/program"
  "$folder/program"
done
