// exit(code) and quit(code): raise SystemExit, after closing sys.stdin. help(…): pydoc's. copyright, credits and license: texts.
#include "runtime/builtins/site_objects.h"
#include "runtime/modules/importing/import.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/function.h"
#include "runtime/types/iterators.h"
#include "runtime/types/sequence.h"

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

static Value printerRepr(Value v) {
  const auto* p = v.as<PrinterObject>();
  return p->isShown ? newStr(p->text) : formatText("Type %s() to see the full %s text", p->name, p->name);
}
static Value printerCall(Value self, const Args& args) {
  if (args.nameCount())
    return raise(TypeErrorType, "_Printer.__call__() got an unexpected keyword argument '%S'", asTuple(args.names)->items[0]);
  if (args.count) return raise(TypeErrorType, "_Printer.__call__() takes 1 positional argument but %zd were given", args.count + 1);
  Ref print(builtinByName("print")), text(newStr(self.as<PrinterObject>()->text));
  return print && text ? call(print, {text}) : Value();
}
static constexpr MethodDef printerMethods[] = {{"__call__", printerCall, "($self)", kMethodCoexist}, {}};
static constinit Type printerType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_sitebuiltins._Printer",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation | kTypeOwnModule,
    .instanceLayout = {.type = &printerType, .size = sizeof(PrinterObject)},
    .repr = printerRepr,
    .call = printerCall,
    .methods = printerMethods,
};

extern "C" {
constinit SiteObject krt_builtin_help = {KRAIT_STATIC_HEADER(helperType)};
constinit QuitterObject krt_builtin_exit = {KRAIT_STATIC_HEADER(quitterType), "exit"};
constinit QuitterObject krt_builtin_quit = {KRAIT_STATIC_HEADER(quitterType), "quit"};
constinit PrinterObject krt_builtin_copyright = {KRAIT_STATIC_HEADER(printerType), "copyright", kCopyright, true};
constinit PrinterObject krt_builtin_credits = {
    KRAIT_STATIC_HEADER(printerType), "credits", "    What it does is what CPython does, whose developers are thanked; machine code is made by LLVM.", true};
constinit PrinterObject krt_builtin_license = {
    KRAIT_STATIC_HEADER(printerType), "license", "Apache License 2.0 with LLVM exception: https://llvm.org/LICENSE.txt", false};
}

} // namespace krait
