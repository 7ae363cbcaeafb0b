// sys.stdin, sys.stdout and sys.stderr, which are one side's: the program's in a guest, the host's in an extension. What the other
// side has under these names is objects of krait's that stand for them and ask each time what they are now, so that there is one
// order of what is written.
#include <string>

#include "runtime/guest/guest.h"
#include "runtime/object/errors.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"

namespace krait::guest {

namespace {

struct alignas(16) StreamObject {
  Object header;
  const char* name;
};

/// What it stands for: owned, or null with krait's error.
Value streamOf(Value self) {
  const char* name = self.as<StreamObject>()->name;
  if (isExtension) {
    Entering host;
    if (PyObject* found = py.PySys_GetObject(name)) return viewOf(found);
  } else if (Value found = sysGet(name)) {
    return newRef(found);
  }
  return raise(RuntimeErrorType, "lost sys.%s", name);
}
Value streamGetAttr(Value self, Value name) {
  Ref stream(streamOf(self));
  return stream ? getAttr(stream, name) : Value();
}
int32_t streamSetAttr(Value self, Value name, Value v) {
  Ref stream(streamOf(self));
  return stream ? setAttr(stream, name, v) : -1;
}
Value streamIter(Value self) {
  Ref stream(streamOf(self));
  return stream ? iterate(stream) : Value();
}

extern Type streamType;
constinit Type streamType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_io.TextIOWrapper",
    .base = &objectType,
    .instanceLayout = {.type = &streamType, .size = sizeof(StreamObject)},
    .getAttr = streamGetAttr,
    .setAttr = streamSetAttr,
    .iter = streamIter,
};
constinit StreamObject streams[] = {{KRAIT_STATIC_HEADER(streamType), "stdin"}, {KRAIT_STATIC_HEADER(streamType), "stdout"}, {KRAIT_STATIC_HEADER(streamType), "stderr"}};

/// The names under which sys has it.
struct Names {
  explicit Names(const StreamObject& s) : own(s.name), original("__" + own + "__") {}
  std::string own, original;
};

} // namespace

int32_t giveStreams() {
  for (StreamObject& s : streams) {
    const Names names(s);
    Held stream(wrap(Value(&s.header)));
    if (!stream || py.PySys_SetObject(names.own.c_str(), stream) < 0 || py.PySys_SetObject(names.original.c_str(), stream) < 0) return -1;
  }
  return 0;
}

void takeStreamsBack() {
  for (StreamObject& s : streams) {
    const Names names(s);
    py.PySys_SetObject(names.own.c_str(), guestNone());
    py.PySys_SetObject(names.original.c_str(), guestNone());
  }
}

int32_t borrowStreams() {
  const Value sys = moduleDict(dictGet(sysModules(), NAME(sys)));
  for (StreamObject& s : streams) {
    const Names names(s);
    if (dictSet(sys, names.own.c_str(), Value(&s.header)) < 0 || dictSet(sys, names.original.c_str(), Value(&s.header)) < 0) return -1;
  }
  return 0;
}

} // namespace krait::guest
