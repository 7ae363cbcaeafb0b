// A large module in several objects, which are made at the same time.
#pragma once
#include <string>
#include <vector>
#include "codegen/emit/level.h"
#include "codegen/lower/lower.h"
#include "ir/core/module.h"

namespace krait::codegen::emit {

/// In how many parts the module is compiled: by its size alone, so that the same objects come out on every machine.
unsigned partCount(const ir::core::Module& module);

/// Each part lowers the whole module, which is quick and gives the same names everywhere, and keeps its share: functions of about
/// as many instructions, and the data that they alone use. All other data is the first part's. What one part defines and another
/// mentions gets a hidden symbol, "module:name".
void keepPart(lower::LoweredModule& lowered, unsigned part, unsigned count);

/// Two parts for two ways of compiling. Quick is of a package what is not LoweredModule::cheap; of a distant one what
/// generators and coroutines run when they are resumed, without generator expressions, of which there are many, each with little in it.
enum class Share : unsigned { Rest, Quick };
/// Whether a module may have both.
bool hasShares(const ir::core::Module& module, Care care);
void keepShare(lower::LoweredModule& lowered, Share share, Care care);

/// One file of them all: an archive of ELF objects, each of which is to be linked.
std::string joinParts(const std::vector<std::string>& objects, std::string& error);

} // namespace krait::codegen::emit
