// Exception classes that native modules define.
#pragma once
#include "runtime/object/ref.h"
#include "runtime/object/type.h"

namespace krait {

/// Whether weak references to instances can be made. Of the classes that CPython makes from a specification they cannot.
enum class Referable : bool { No, Yes };

/// Makes `moduleName.name`, a subclass of `base`, and adds it to the module. Borrowed (the module's dict and a reference
/// of our own keep it: such classes live as long as the process), or null with an error.
Type* addModuleException(Value module, const char* moduleName, const char* name, const Type& base, Referable referable = Referable::Yes);

} // namespace krait
