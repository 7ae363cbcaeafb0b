#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <set>
#include <unordered_map>
#include "tools/krait/built_program.h"

namespace krait::tools {
namespace {

std::string grouped(uint64_t number) {
  std::string digits = std::to_string(number);
  for (size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

/// "json.scanner   __main__ > json > json.decoder"
std::string withChain(const std::string& module, const std::map<std::string, std::string>& importers) {
  std::string chain;
  std::set<std::string> seen{module};
  for (auto at = importers.find(module); at != importers.end() && !at->second.empty() && seen.insert(at->second).second;
       at = importers.find(at->second))
    chain = at->second + (chain.empty() ? "" : " > ") + chain;
  return chain.empty() ? module : fmt::format("{:<32}  {}", module, chain);
}

/// Of a piece that is no module: under which heading its size counts.
std::string partOf(const LinkedPiece& piece) {
  const std::string_view file = baseName(piece.file);
  if (file == "libkrait_runtime.a" || file == "libkrait_runtime_shared.a") return "Krait's runtime";
  if (file == "libkrait_engine.a") return "Krait's front end and interpreter";
  if (!lazyLibrary(file).empty()) return "Krait's loader of libraries";
  if (file.ends_with(".names.o") || file.ends_with(".main.o")) return "tables of names and modules";
  if (file.ends_with(".data.o")) return "data files";
  if (file.starts_with("crt")) return "start-up code of glibc and GCC";
  if (file == "<internal>") return "made by the linker: merged texts, tables for unwinding and relocation";
  return std::string(file);
}

using Sizes = std::vector<std::pair<uint64_t, std::string>>;
Sizes largestFirst(const std::unordered_map<std::string, uint64_t>& sizes) {
  Sizes sorted;
  for (const auto& [name, size] : sizes) sorted.emplace_back(size, name);
  std::sort(sorted.begin(), sorted.end(), [](auto& a, auto& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
  return sorted;
}

std::string listed(const std::vector<std::string>& names) { return names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", ")); }

} // namespace

std::string reportOf(const BuiltProgram& program) {
  std::unordered_map<std::string, const BuiltModule*> byObject;
  for (const BuiltModule& m : program.modules)
    if (!m.object.empty()) byObject.emplace(m.object, &m);
  std::unordered_map<std::string, uint64_t> modules, parts;
  uint64_t total = 0;
  for (const LinkedPiece& piece : program.pieces) {
    total += piece.size;
    const auto at = byObject.find(piece.file);
    if (at != byObject.end()) modules[at->second->name] += piece.size;
    const std::string part = at == byObject.end() ? partOf(piece) : at->second->isOwn ? "the program's modules" : "the library's modules";
    parts[part] += piece.size;
  }
  if (program.size > total) parts["headers, symbols and padding"] += program.size - total;

  std::string out = fmt::format("{}: {} bytes\n\nParts\n", program.output, grouped(std::max(program.size, total)));
  for (const auto& [size, name] : largestFirst(parts)) out += fmt::format("{:>14}  {}\n", grouped(size), name);
  out += "\nModules, and the imports that they are there for\n";
  for (const auto& [size, name] : largestFirst(modules)) out += fmt::format("{:>14}  {}\n", grouped(size), withChain(name, program.importers));
  std::vector<std::string> natives;
  for (const BuiltModule& m : program.modules)
    if (m.object.empty()) natives.push_back(withChain(m.name, program.importers));
  std::sort(natives.begin(), natives.end());
  if (!natives.empty()) out += "\nNative modules, in the runtime's size\n";
  for (const std::string& chain : natives) out += fmt::format("{:>14}  {}\n", "", chain);
  if (!program.data.empty()) out += "\nData files, before they are compressed\n";
  for (const auto& [path, size] : program.data) out += fmt::format("{:>14}  {}\n", grouped(size), path);
  out += fmt::format("\nInterpreter: {}\nLibraries loaded at the start: {}\nLibraries loaded when first called: {}\n",
                     program.engineReason.empty() ? "not needed" : "in, " + program.engineReason, listed(program.atStart), listed(program.whenCalled));
  return out;
}

} // namespace krait::tools
