// The exception classes that add nothing to their base but a name.
#include "runtime/exceptions/base_exception.h"

namespace krait {

#define SIMPLE(Name, Base)                                                                                    \
  constinit Type Name##Type = {                                                                               \
      .header = KRAIT_STATIC_HEADER(typeType),                                                                \
      .name = #Name,                                                                                          \
      .base = &Base##Type,                                                                                    \
      .flags = exceptions::kBuiltinExceptionFlags | kTypeOwnNew,                                              \
      KRAIT_EXCEPTION_LAYOUT(Name##Type, ExceptionObject, 0),                                                 \
      .repr = exceptions::baseRepr,                                                                           \
      .str = exceptions::baseStr,                                                                             \
      .init = exceptions::baseInit,                                                                           \
      .construct = exceptions::baseNew,                                                                       \
  };

SIMPLE(Exception, BaseException)
SIMPLE(GeneratorExit, BaseException)
SIMPLE(KeyboardInterrupt, BaseException)
SIMPLE(ArithmeticError, Exception)
SIMPLE(FloatingPointError, ArithmeticError)
SIMPLE(OverflowError, ArithmeticError)
SIMPLE(ZeroDivisionError, ArithmeticError)
SIMPLE(AssertionError, Exception)
SIMPLE(BufferError, Exception)
SIMPLE(EOFError, Exception)
SIMPLE(LookupError, Exception)
SIMPLE(IndexError, LookupError)
SIMPLE(MemoryError, Exception)
SIMPLE(ReferenceError, Exception)
SIMPLE(RuntimeError, Exception)
SIMPLE(NotImplementedError, RuntimeError)
SIMPLE(RecursionError, RuntimeError)
SIMPLE(StopAsyncIteration, Exception)
SIMPLE(SystemError, Exception)
SIMPLE(TypeError, Exception)
SIMPLE(ValueError, Exception)
SIMPLE(UnicodeError, ValueError)
SIMPLE(Warning, Exception)
SIMPLE(BytesWarning, Warning)
SIMPLE(DeprecationWarning, Warning)
SIMPLE(EncodingWarning, Warning)
SIMPLE(FutureWarning, Warning)
SIMPLE(ImportWarning, Warning)
SIMPLE(PendingDeprecationWarning, Warning)
SIMPLE(ResourceWarning, Warning)
SIMPLE(RuntimeWarning, Warning)
SIMPLE(SyntaxWarning, Warning)
SIMPLE(UnicodeWarning, Warning)
SIMPLE(UserWarning, Warning)

} // namespace krait
