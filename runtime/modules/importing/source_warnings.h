// What the compiler found doubtful in the text of the main module. CPython compiles it anew at every start, and warns then.
#pragma once
#include "runtime/abi/code.h"

namespace krait {

/// Issues the module's SyntaxWarnings and DeprecationWarnings: 0, or -1 with a SyntaxError where a filter makes an error of one.
int32_t issueSourceWarnings(const ModuleInfo* module);

} // namespace krait
