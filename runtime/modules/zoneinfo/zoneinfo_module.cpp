// _zoneinfo: ZoneInfo, a tzinfo over the system's time zone files.
//
// Files are found and read by the library's own zoneinfo._tzpath and _common;
// what they say is a Zone (rules.h). A class has one instance per key: weak
// references to all, and for ZoneInfo itself strong ones to the last few.
#include <array>
#include <new>

#include "runtime/memory/gc.h"
#include "runtime/modules/datetime/datetime_objects.h"
#include "runtime/modules/importing/import.h"
#include "runtime/modules/zoneinfo/rules.h"
#include "runtime/object/call.h"

namespace krait::zoneinfo {
namespace {

struct ZoneInfoObject {
  Object header;
  Value weakrefs;
  Value key;      // None for a file without one
  Value fileRepr; // of from_file(), else null
  bool fromCache;
  Zone* zone;     // owned
};
extern Type zoneInfoType;
ZoneInfoObject* self_(Value v) { return v.as<ZoneInfoObject>(); }

// Owned for ever, made with the module.
Value weakCache, findFile, openFile, common;

// ---- the last few -------------------------------------------------------------------------------

struct Kept { Value key, zone; };
std::array<Kept, 8> kept; // latest first

/// Where `key` is, or the size; -1 with an error.
int keptIndex(Value key) {
  for (size_t i = 0; i < kept.size() && kept[i].key; ++i) {
    const int32_t same = equal(key, Ref::share(kept[i].key));
    if (same < 0) return -1;
    if (same) return static_cast<int>(i);
  }
  return static_cast<int>(kept.size());
}
/// Moves or puts it to the front.
void keep(Value key, Value zone, size_t from) {
  Kept fresh{newRef(key), newRef(zone)}, old = kept[from < kept.size() ? from : kept.size() - 1];
  for (size_t i = std::min(from, kept.size() - 1); i > 0; --i) kept[i] = kept[i - 1];
  kept[0] = fresh;
  xdecref(old.key);
  xdecref(old.zone);
}
void forget(size_t from) {
  Kept old = kept[from];
  for (size_t i = from; i + 1 < kept.size(); ++i) kept[i] = kept[i + 1];
  kept.back() = {};
  xdecref(old.key);
  xdecref(old.zone);
}

Value newWeakCache() {
  Ref weakref(importModule("weakref"));
  return weakref ? callMethod(weakref, "WeakValueDictionary", {}) : Value();
}
Value weakCacheOf(Value cls) { return cls == asValue(&zoneInfoType) ? newRef(weakCache) : getAttr(cls, "_weak_cache"); }

// ---- making -------------------------------------------------------------------------------------

bool integers(Value v, std::vector<int64_t>* out) {
  Ref tuple(toTuple(v));
  for (int64_t i = 0; tuple && i < asTuple(tuple)->size; ++i) {
    out->push_back(toInt64(asTuple(tuple)->items[i]));
    if (errorSet()) return false;
  }
  return static_cast<bool>(tuple);
}

/// Reads an open file: false with an error.
bool load(ZoneInfoObject* z, Value file) {
  Ref data(callMethod(common, "load_data", {file}));
  if (!data) return false;
  if (!isTuple(data) || asTuple(data)->size != 6) return raise(TypeErrorType, "Invalid data result type: %R", data.get()), false;
  const Value* parts = asTuple(data)->items;
  std::vector<int64_t> indices, transitions, offsets, flags;
  if (!integers(parts[0], &indices) || !integers(parts[1], &transitions) || !integers(parts[2], &offsets) || !integers(parts[3], &flags))
    return false;
  Ref names(toTuple(parts[4]));
  if (!names) return false;
  std::vector<TimeType> types(offsets.size());
  for (size_t i = 0; i < types.size(); ++i) {
    Utf8 name(asTuple(names)->items[i]);
    if (!name.ok()) return false;
    types[i] = {offsets[i], 0, std::string(name.view())};
  }
  auto* zone = new Zone;
  std::string error;
  const std::string_view rule = isNone(parts[5]) ? std::string_view() : bytesView(parts[5]);
  if (!build(std::move(transitions), {indices.begin(), indices.end()}, std::move(types), {flags.begin(), flags.end()}, rule, zone, &error)) {
    delete zone;
    return raise(ValueErrorType, "%s", error.c_str()), false;
  }
  z->zone = zone;
  return true;
}

Value newInstance(Type* t, Value key) {
  Ref path(call(findFile, {key}));
  if (!path) return Value();
  Ref mode(newStr("rb")), file(isNone(path) ? callMethod(common, "load_tzdata", {key}) : call(openFile, {path, mode}));
  if (!file) return Value();
  Ref o(allocateOf(t, 0));
  const bool good = o && load(self_(o), file);
  Ref pending = good ? Ref() : errorTake();
  Ref closed(callMethod(file, "close", {}));
  if (!good) {
    errorRestore(pending.release());
    return Value();
  }
  if (!closed) return Value();
  self_(o)->key = newRef(key);
  return o.release();
}

Value cachedInstance(Type* t, Value key) {
  const bool isBase = t == &zoneInfoType;
  int at = static_cast<int>(kept.size());
  if (isBase) {
    at = keptIndex(key);
    if (at < 0) return Value();
    if (at < static_cast<int>(kept.size())) {
      Ref found = Ref::share(kept[static_cast<size_t>(at)].zone);
      keep(key, found, static_cast<size_t>(at));
      return found.release();
    }
  }
  Ref cache(weakCacheOf(asValue(t)));
  Ref found(cache ? callMethod(cache, NAME(get), {key, none()}) : Value());
  if (!found) return Value();
  if (isNone(found)) {
    Ref fresh(newInstance(t, key));
    found.reset(fresh ? callMethod(cache, "setdefault", {key, fresh}) : Value());
    if (!found) return Value();
    if (isInstanceOf(found, zoneInfoType)) self_(found)->fromCache = true;
  }
  if (isBase) keep(key, found, kept.size());
  return found.release();
}
Value construct(Type* t, const Args& args) {
  Value argv[1];
  Ref holder[2];
  if (bindArguments(nullptr, "(key)", args, argv, 1, holder) < 0) return Value();
  return cachedInstance(t, argv[0]);
}
Value noCache(Value cls, const Value* argv) { return newInstance(cls.as<Type>(), argv[0]); }
Value fromFile(Value cls, const Value* argv) {
  Ref shown(repr(argv[0])), o(shown ? allocateOf(cls.as<Type>(), 0) : Value());
  if (!o || !load(self_(o), argv[0])) return Value();
  self_(o)->fileRepr = shown.release();
  self_(o)->key = newRef(argv[1] ? argv[1] : none());
  return o.release();
}
Value unpickle(Value cls, const Value* argv) {
  const int32_t fromCache = isTrue(argv[1]);
  if (fromCache < 0) return Value();
  return fromCache ? cachedInstance(cls.as<Type>(), argv[0]) : newInstance(cls.as<Type>(), argv[0]);
}
Value initSubclass(Value cls, const Args&) {
  Ref cache(newWeakCache());
  return cache && setAttr(cls, "_weak_cache", cache) == 0 ? none() : Value();
}
Value clearCache(Value cls, const Value* argv) {
  const bool isBase = cls == asValue(&zoneInfoType);
  Ref cache(weakCacheOf(cls));
  if (!cache) return Value();
  if (!argv[0] || isNone(argv[0])) {
    while (isBase && kept[0].key) forget(0);
    return Ref(callMethod(cache, "clear", {})) ? none() : Value();
  }
  Ref keys(iterate(argv[0]));
  if (!keys) return Value();
  while (Ref key{next(keys)}) {
    if (isBase) {
      const int at = keptIndex(key);
      if (at < 0) return Value();
      if (at < static_cast<int>(kept.size())) forget(static_cast<size_t>(at));
    }
    if (!Ref(callMethod(cache, "pop", {key, none()}))) return Value();
  }
  return errorSet() ? Value() : none();
}
void dealloc(Object* o) {
  auto* z = reinterpret_cast<ZoneInfoObject*>(o);
  if (z->weakrefs) clearWeakrefs(o);
  clear(z->key);
  clear(z->fileRepr);
  delete z->zone;
  freeObject(o);
}

// ---- asking -------------------------------------------------------------------------------------

/// Seconds since 1970 as the clock of `dt` shows them. False with an error.
bool localSeconds(Value dt, int64_t* seconds, int* year, bool* fold) {
  constexpr int64_t kEpochOrdinal = 719163;
  if (datetime::isDateTime(dt)) {
    const datetime::DateTimeObject* d = datetime::asDateTime(dt);
    *seconds = (datetime::ordinalOf(d) - kEpochOrdinal) * 86400 + d->clock.hour * 3600 + d->clock.minute * 60 + d->clock.second;
    *year = d->year;
    *fold = d->clock.fold;
    return true;
  }
  // Whatever else looks like one.
  Ref ordinal(callMethod(dt, "toordinal", {}));
  *seconds = ordinal ? (toInt64(ordinal) - kEpochOrdinal) * 86400 : 0;
  auto field = [&](const char* name) -> int64_t {
    Ref v(errorSet() ? Value() : getAttr(dt, name));
    return v ? toInt64(v) : 0;
  };
  *seconds += field("hour") * 3600;
  *seconds += field("minute") * 60;
  *seconds += field("second");
  *year = static_cast<int>(field("year"));
  *fold = field("fold");
  return !errorSet();
}

const TimeType kUnknown{.isKnown = false};

/// Null with an error.
const TimeType* typeAt(Value self, Value dt) {
  const Zone& z = *self_(self)->zone;
  if (isNone(dt)) return z.isFixed ? &z.after.standard : &kUnknown;
  int64_t seconds;
  int year;
  bool fold;
  return localSeconds(dt, &seconds, &year, &fold) ? &z.atLocal(seconds, year, fold) : nullptr;
}
Value utcoffset(Value self, Value dt) {
  const TimeType* t = typeAt(self, dt);
  return !t ? Value() : t->isKnown ? datetime::newDelta(0, t->offset, 0) : none();
}
Value dst(Value self, Value dt) {
  const TimeType* t = typeAt(self, dt);
  return !t ? Value() : t->isKnown ? datetime::newDelta(0, t->dst, 0) : none();
}
Value tzname(Value self, Value dt) {
  const TimeType* t = typeAt(self, dt);
  return !t ? Value() : t->isKnown ? newStr(t->name) : none();
}
Value fromutc(Value self, Value dt) {
  if (!datetime::isDateTime(dt)) return raise(TypeErrorType, "fromutc: argument must be a datetime");
  if (!(datetime::tzinfoOf(datetime::asDateTime(dt)) == self)) return raise(ValueErrorType, "fromutc: dt.tzinfo is not self");
  int64_t seconds;
  int year;
  bool fold;
  if (!localSeconds(dt, &seconds, &year, &fold)) return Value();
  const TimeType& t = self_(self)->zone->atUtc(seconds, year, &fold);
  Ref offset(datetime::newDelta(0, t.offset, 0)), moved(offset ? add(dt, offset) : Value());
  if (!moved || !fold) return moved.release();
  if (isExact(moved, datetime::datetimeType)) {
    datetime::asDateTime(moved)->clock.fold = 1;
    return moved.release();
  }
  Ref replace(getAttr(moved, "replace")), names(newTuple({newStr("fold")}));
  const Value one = Value::ofSmallInt(1);
  return replace && names ? call(replace, Args{&one, 0, names}) : Value();
}

Value reprSlot(Value self) {
  const char* name = typeOf(self)->name;
  const ZoneInfoObject* z = self_(self);
  return isNone(z->key) ? formatText("%s.from_file(%U)", name, z->fileRepr) : formatText("%s(key=%R)", name, z->key);
}
Value strSlot(Value self) { return isNone(self_(self)->key) ? repr(self) : newRef(self_(self)->key); }
Value reduce(Value self) {
  const ZoneInfoObject* z = self_(self);
  if (z->fileRepr) {
    Ref pickle(importModule("pickle")), error(pickle ? getAttr(pickle, "PicklingError") : Value());
    if (error) raiseObject(*error.as<Type>(), Ref(newStr("Cannot pickle a ZoneInfo file from a file stream.")));
    return Value();
  }
  Ref maker(getAttr(asValue(typeOf(self)), "_unpickle")), args(newTuple({newRef(z->key), Value::ofSmallInt(z->fromCache)}));
  return maker && args ? newTuple({maker, args}) : Value();
}

constexpr MethodDef methods[] = {
    {"clear_cache", clearCache, "($type, /, *, only_keys=None)", kMethodClass | kMethodUnsigned},
    {"no_cache", noCache, "($type, /, key)", kMethodClass | kMethodUnsigned},
    {"from_file", fromFile, "($type, fobj, /, key=None)", kMethodClass | kMethodUnsigned},
    {"utcoffset", utcoffset, "($self, dt, /)", kMethodUnsigned},
    {"dst", dst, "($self, dt, /)", kMethodUnsigned},
    {"tzname", tzname, "($self, dt, /)", kMethodUnsigned},
    {"fromutc", fromutc, "($self, dt, /)", kMethodUnsigned},
    {"__reduce__", reduce, "($self, /)", kMethodUnsigned},
    {"_unpickle", unpickle, "($type, key, from_cache, /)", kMethodClass | kMethodUnsigned},
    {"__init_subclass__", initSubclass, nullptr, kMethodClass},
    {},
};
constexpr MemberDef members[] = {{"key", MemberKind::ObjectNone, offsetof(ZoneInfoObject, key), true}, {}};
constinit Type zoneInfoType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "zoneinfo.ZoneInfo",
    .base = &datetime::tzinfoType,
    .flags = kTypeBaseType | kTypeOwnGetAttr,
    .instanceLayout = {.type = &zoneInfoType, .size = sizeof(ZoneInfoObject), .weakOffset = offsetof(ZoneInfoObject, weakrefs)},
    .dealloc = dealloc,
    .repr = reprSlot,
    .str = strSlot,
    .construct = construct,
    .methods = methods,
    .members = members,
};

int execute(Value module) {
  Ref datetimes(importModule("datetime")), paths(importModule("zoneinfo._tzpath")), io(importModule("io"));
  if (!datetimes || !paths || !io) return -1;
  auto set = [](Value& variable, Value v) {
    assign(variable, v);
    return static_cast<bool>(v);
  };
  if (!set(findFile, getAttr(paths, "find_tzfile")) || !set(openFile, getAttr(io, "open")) ||
      !set(common, importModule("zoneinfo._common")) || (!weakCache && !set(weakCache, newWeakCache())))
    return -1;
  return moduleAddType(module, &zoneInfoType);
}

} // namespace
} // namespace krait::zoneinfo

extern "C" constinit const krait::NativeModule krt_module_zoneinfo = {"_zoneinfo", nullptr, krait::zoneinfo::execute};
