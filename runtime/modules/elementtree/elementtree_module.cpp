// _elementtree: what xml.etree.ElementTree takes from C.
#include "runtime/modules/elementtree/element.h"
#include "runtime/modules/module_exception.h"
#include "runtime/types/arguments.h"
#include "runtime/types/function.h"

namespace krait {

namespace elementtree {

namespace {

/// SubElement(parent, tag, attrib={}, **extra)
Value subElement(Value, const Args& args) {
  if (!countArgumentsOld("SubElement", args.positional(), 2, 3)) return Value();
  if (!isElement(args[0]))
    return raise(TypeErrorType, "SubElement() argument 1 must be xml.etree.ElementTree.Element, not %.50G", args[0]);
  Ref attributes;
  if (!attributesOfCall("SubElement", args, 2, attributes)) return Value();
  Ref made(newElement(args[1], attributes));
  return made && appendChild(asElement(args[0]), made) == 0 ? made.release() : Value();
}

/// What TreeBuilder makes of comments and processing instructions from now on; the old ones.
Value setFactories(Value, const Value* argv) {
  auto isFactory = [](Value v) { return isNone(v) || isCallable(v); };
  if (!isFactory(argv[0])) return raise(TypeErrorType, "Comment factory must be callable, not %.100T", argv[0]);
  if (!isFactory(argv[1])) return raise(TypeErrorType, "PI factory must be callable, not %.100T", argv[1]);
  auto shown = [](Value v) { return v ? v : none(); };
  Ref old(newTuple({shown(defaultCommentFactory), shown(defaultInstructionFactory)}));
  assign(defaultCommentFactory, isNone(argv[0]) ? Value() : newRef(argv[0]));
  assign(defaultInstructionFactory, isNone(argv[1]) ? Value() : newRef(argv[1]));
  return old.release();
}

constinit const MethodDef functions[] = {
    {"SubElement", subElement},
    {"_set_factories", setFactories, "($module, comment_factory, pi_factory, /)"},
    {},
};

int execute(Value module) {
  parseError = addModuleException(module, "xml.etree.ElementTree", "ParseError", SyntaxErrorType);
  if (!parseError || moduleAddType(module, &elementType) < 0 || moduleAddType(module, &treeBuilderType) < 0) return -1;
  return moduleAddType(module, &xmlParserType);
}

} // namespace
} // namespace elementtree

extern "C" constinit const NativeModule krt_module_elementtree = {"_elementtree", elementtree::functions, elementtree::execute};

} // namespace krait
