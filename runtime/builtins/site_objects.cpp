// exit(code) and quit(code): raise SystemExit, after closing sys.stdin. help(…): pydoc's.
#include "runtime/builtins/site_objects.h"
#include "runtime/modules/importing/import.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/function.h"

namespace krait {

static Value quitterRepr(Value v) {
  return formatText("Use %s() or Ctrl-D (i.e. EOF) to exit", v.as<QuitterObject>()->name);
}
static Value quitterCall(Value self, const Args& args) {
  Value argv[1];
  Ref holder[2];
  if (bindArguments("Quitter.__call__", "(code=None)", args, argv, 1, holder) < 0) return Value();
  if (Value in = sysGet("stdin")) {
    Ref closed(callMethod(in, NAME(close)));
    if (!closed) errorClear();
  }
  return raiseObject(SystemExitType, argv[0] ? argv[0] : none());
}
static Value quitterName(Value v, void*) { return newStr(v.as<QuitterObject>()->name); }
static Value quitterEof(Value, void*) { return newStr("Ctrl-D (i.e. EOF)"); }
/// A method, as it is a function of the library under CPython: inspect asks it for the signature.
static constexpr MethodDef quitterMethods[] = {{"__call__", quitterCall, "($self, code=None)", kMethodCoexist}, {}};
static constexpr GetSetDef quitterGetSet[] = {{"name", quitterName}, {"eof", quitterEof}, {}};

static constinit Type quitterType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_sitebuiltins.Quitter",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation | kTypeOwnModule,
    .instanceLayout = {.type = &quitterType, .size = sizeof(QuitterObject)},
    .repr = quitterRepr,
    .call = quitterCall,
    .methods = quitterMethods,
    .getset = quitterGetSet,
};

static Value helperRepr(Value) { return newStr("Type help() for interactive help, or help(object) for help about object."); }
static Value helperCall(Value, const Args& args) {
  Ref pydoc(importModule("pydoc")), help(pydoc ? getAttr(pydoc, "help") : Value());
  return help ? call(help, args) : Value();
}
static constexpr MethodDef helperMethods[] = {{"__call__", helperCall, "($self, *args, **kwds)", kMethodCoexist}, {}};
static constinit Type helperType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_sitebuiltins._Helper",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation | kTypeOwnModule,
    .instanceLayout = {.type = &helperType, .size = sizeof(SiteObject)},
    .repr = helperRepr,
    .call = helperCall,
    .methods = helperMethods,
};

extern "C" {
constinit SiteObject krt_builtin_help = {KRAIT_STATIC_HEADER(helperType)};
constinit QuitterObject krt_builtin_exit = {KRAIT_STATIC_HEADER(quitterType), "exit"};
constinit QuitterObject krt_builtin_quit = {KRAIT_STATIC_HEADER(quitterType), "quit"};
}

} // namespace krait
