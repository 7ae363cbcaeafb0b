// _datetime: the module, and the constants of its classes.
#include "runtime/modules/datetime/datetime_objects.h"

namespace krait {
namespace datetime {

/// A constant in a class's dict; consumes `v`.
static bool constant(Type& t, const char* name, Value v) {
  typeReady(&t);
  Ref held(v);
  return held && dictSet(t.dict, name, held) == 0;
}

static int execute(Value module) {
  for (Type* t : std::initializer_list<Type*>{&dateType, &datetimeType, &timeType, &deltaType, &tzinfoType, &timezoneType}) {
    typeReady(t);
    if (moduleAddType(module, t) < 0) return -1;
  }
  typeReady(&isoCalendarDateType);
  if (!utcZone) {
    Ref zero(newDelta(0, 0, 0));
    Value utc = zero ? newTimezone(zero, Value()) : Value();
    if (!utc) return -1;
    utcZone = utc.object();
    epochUtc = newDateTime(&datetimeType, 1970, 1, 1, 0, 0, 0, 0, utc, 0);
    Ref least(newDelta(-1, 60, 0)), most(newDelta(0, 23 * 3600 + 59 * 60, 0));
    const Value no = none();
    if (!epochUtc || !constant(timezoneType, "utc", newRef(utc)) || !constant(timezoneType, "min", newTimezone(least, Value())) ||
        !constant(timezoneType, "max", newTimezone(most, Value())) || !constant(deltaType, "min", newDelta(-kMaxDeltaDays, 0, 0)) ||
        !constant(deltaType, "max", newDelta(kMaxDeltaDays, 86399, 999999)) || !constant(deltaType, "resolution", newDelta(0, 0, 1)) ||
        !constant(dateType, "min", newDate(&dateType, 1, 1, 1)) || !constant(dateType, "max", newDate(&dateType, 9999, 12, 31)) ||
        !constant(dateType, "resolution", newDelta(1, 0, 0)) || !constant(timeType, "min", newTime(&timeType, 0, 0, 0, 0, no, 0)) ||
        !constant(timeType, "max", newTime(&timeType, 23, 59, 59, 999999, no, 0)) ||
        !constant(timeType, "resolution", newDelta(0, 0, 1)) ||
        !constant(datetimeType, "min", newDateTime(&datetimeType, 1, 1, 1, 0, 0, 0, 0, no, 0)) ||
        !constant(datetimeType, "max", newDateTime(&datetimeType, 9999, 12, 31, 23, 59, 59, 999999, no, 0)) ||
        !constant(datetimeType, "resolution", newDelta(0, 0, 1)))
      return -1;
  }
  return moduleAdd(module, "MINYEAR", newInt(kMinYear)) < 0 || moduleAdd(module, "MAXYEAR", newInt(kMaxYear)) < 0 ||
                 moduleAdd(module, "UTC", newRef(Value(utcZone))) < 0
             ? -1
             : 0;
}

} // namespace datetime

extern "C" constinit const NativeModule krt_module_datetime = {"_datetime", nullptr, datetime::execute};

} // namespace krait
