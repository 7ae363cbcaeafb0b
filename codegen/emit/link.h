// Linking an executable, or an extension module of CPython, in this process, with lld.
#pragma once
#include <string>
#include <vector>
#include "codegen/emit/target.h"

namespace krait::codegen::emit {

struct LinkJob {
  std::vector<std::string> objects; // files
  std::vector<std::string> archives; // the runtime and what it needs: a function is taken from the first one that has it
  std::string order;                // file of symbols that starting a program uses, placed first
  std::string engine;               // libkrait_engine.a; empty: the program runs no source text
  std::string guest;                // libkrait_guest.a; empty: the program imports no C extension
  std::vector<std::string> runtimeOptions; // ld options that this build of the runtime needs (a sanitizer's library)
  std::string output;
  const Target* target = &hostTarget();
  std::string sysroot{};    // of another machine: the folder with its libraries
  bool isStatic = false;
  std::string entry;        // the only symbol of a shared library; empty: an executable
  std::string map;          // file for the linker's map of what it put where; empty: none
  bool keepSymbols = false; // -g, --keep-symbols; else the executable has no table of symbols (--linker-map says where what stands)
};

/// The output appears whole or not at all: it is written beside its name and renamed. False with a message for
/// the user: a missing library, an unwritable folder, a full disk. Not for several threads at once.
bool linkProgram(const LinkJob& job, std::string& error);

} // namespace krait::codegen::emit
