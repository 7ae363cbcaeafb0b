#include "codegen/emit/program_object.h"
#include <llvm/IR/IRBuilder.h>
#include "codegen/emit/object_writer.h"
#include "codegen/layout/runtime_symbols.h"
#include "codegen/layout/sections.h"
#include "codegen/lower/lower.h"

namespace krait::codegen::emit {

std::string extensionEntry(const std::string& module) { return "PyInit_" + module.substr(module.rfind('.') + 1); }

std::string writeProgramObject(const ProgramDescription& program) {
  llvm::LLVMContext context;
  lower::LoweredModule made{.llvm = std::make_unique<llvm::Module>("program", context)};
  llvm::Module& module = *made.llvm;
  auto machine = makeTargetMachine(*program.target, Effort::None, program.isExtension);
  module.setTargetTriple(machine->getTargetTriple().str());
  module.setDataLayout(machine->createDataLayout());

  auto* pointer = llvm::PointerType::getUnqual(context);
  auto* i32 = llvm::Type::getInt32Ty(context);
  auto* main = program.isExtension ? llvm::Function::Create(llvm::FunctionType::get(pointer, false), llvm::GlobalValue::ExternalLinkage,
                                                            extensionEntry(program.mainModule), module)
                                   : llvm::Function::Create(llvm::FunctionType::get(i32, {i32, pointer}, false),
                                                            llvm::GlobalValue::ExternalLinkage, "main", module);
  llvm::IRBuilder<> b(llvm::BasicBlock::Create(context, "entry", main));
  auto* info = llvm::ConstantStruct::getAnon({layout::externalData(module, lower::moduleSymbol(program.mainModule)),
                                              b.CreateGlobalString(program.searchPath, "search.path")});
  auto* programInfo = new llvm::GlobalVariable(module, info->getType(), true, llvm::GlobalValue::PrivateLinkage, info, "program");
  if (program.isExtension) {
    b.CreateRet(b.CreateCall(module.getOrInsertFunction("krt_extension_init", pointer, pointer), {programInfo}));
  } else {
    auto start = module.getOrInsertFunction("krt_main", i32, i32, pointer, pointer);
    b.CreateRet(b.CreateCall(start, {main->getArg(0), main->getArg(1), programInfo}));
  }

  if (!program.guests.empty()) {
    auto* names = llvm::ConstantDataArray::getString(context, program.guests);
    new llvm::GlobalVariable(module, names->getType(), true, llvm::GlobalValue::ExternalLinkage, names, "krt_guest_packages");
  }

  if (!program.debuggerScript.empty()) {
    // A byte that says that a Python file follows, and its name: gdb reads it with the program.
    auto* script = llvm::ConstantDataArray::getString(context, "\1" + program.debuggerScript);
    auto* named = new llvm::GlobalVariable(module, script->getType(), true, llvm::GlobalValue::PrivateLinkage, script, "debugger.script");
    named->setSection(layout::kDebuggerScripts);
    named->setAlignment(llvm::Align(1));
    layout::retain(*named);
  }

  // The linker names the bounds of a table only if somebody has a part of it, and a program may have none.
  auto* nothing = llvm::ArrayType::get(pointer, 0);
  auto* empty = new llvm::GlobalVariable(module, nothing, true, llvm::GlobalValue::PrivateLinkage,
                                         llvm::ConstantArray::get(nothing, {}), "none");
  empty->setSection(layout::kSitesSection);
  empty->setAlignment(llvm::Align(8));
  layout::retain(*empty);
  std::vector<llvm::Constant*> natives;
  for (const std::string& n : program.natives) natives.push_back(layout::externalData(module, n));
  auto* type = llvm::ArrayType::get(pointer, natives.size());
  auto* table = new llvm::GlobalVariable(module, type, true, llvm::GlobalValue::PrivateLinkage,
                                         llvm::ConstantArray::get(type, natives), "natives");
  table->setSection(layout::kNativesSection);
  table->setAlignment(llvm::Align(8));
  layout::retain(*table);

  llvm::SmallVector<char, 0> bytes;
  writeMachineCode(made, *program.target, *machine, Output::Object, bytes);
  return {bytes.data(), bytes.size()};
}

} // namespace krait::codegen::emit
