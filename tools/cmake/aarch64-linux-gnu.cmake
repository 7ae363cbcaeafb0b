# The runtime for 64-bit ARM machines with Linux, made on another (`./bootstrap cross aarch64`, docs/cross.md). The sysroot holds
# Debian's libraries of that machine; the presets say where it is.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
foreach(language C CXX ASM)
  set(CMAKE_${language}_COMPILER_TARGET aarch64-linux-gnu)
endforeach()
# As on x86-64, whose plain char has a sign, and where a product and a sum are rounded one by one: programs print the same.
foreach(language C CXX)
  set(CMAKE_${language}_FLAGS_INIT "-fsigned-char -ffp-contract=off")
endforeach()
foreach(kind EXE SHARED)
  set(CMAKE_${kind}_LINKER_FLAGS_INIT "-fuse-ld=lld")
endforeach()
# For what is compiled by commands of our own.
set(KRAIT_MACHINE_OPTIONS --target=aarch64-linux-gnu --sysroot=${CMAKE_SYSROOT} -fsigned-char -ffp-contract=off)
# LLVM's tools read the objects of any machine.
foreach(tool nm ar ranlib readelf objcopy strip)
  string(TOUPPER ${tool} variable)
  find_program(CMAKE_${variable} NAMES llvm-${tool}-19 REQUIRED)
endforeach()
foreach(kind LIBRARY INCLUDE PACKAGE)
  set(CMAKE_FIND_ROOT_PATH_MODE_${kind} ONLY)
endforeach()
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
