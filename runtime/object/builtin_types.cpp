#include "runtime/object/builtin_types.h"

#include "runtime/object/errors.h"

namespace krait {

void readyAllBuiltinTypes() {
  static Type* const types[] = {
      &typeType, &objectType, &intType, &boolType, &floatType, &complexType, &strType, &bytesType, &bytearrayType,
      &memoryviewType, &listType, &tupleType, &dictType, &setType, &frozensetType, &rangeType, &sliceType, &noneType,
      &ellipsisType, &notImplementedType, &functionType, &builtinFunctionType, &methodType, &methodDescriptorType,
      &classMethodDescriptorType, &wrapperDescriptorType, &methodWrapperType, &getsetDescriptorType,
      &memberDescriptorType, &classmethodType, &staticmethodType, &propertyType, &superType, &cellType, &codeType,
      &frameType, &tracebackType, &moduleType, &generatorType, &coroutineType, &asyncGeneratorType, &weakrefType,
      &proxyType, &callableProxyType, &mappingproxyType, &simpleNamespaceType, &genericAliasType, &unionType,
#define KRAIT_EXCEPTION(name) &name##Type,
#include "runtime/abi/exceptions.def"
#undef KRAIT_EXCEPTION
  };
  for (Type* t : types) typeReady(t);
}

} // namespace krait
