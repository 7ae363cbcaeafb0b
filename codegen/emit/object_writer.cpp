#include "codegen/emit/object_writer.h"
#include <llvm/BinaryFormat/ELF.h>
#include <llvm/CodeGen/AsmPrinter.h>
#include <llvm/CodeGen/MachineFrameInfo.h>
#include <llvm/CodeGen/MachineFunctionPass.h>
#include <llvm/CodeGen/MachineModuleInfo.h>
#include <llvm/CodeGen/Passes.h>
#include <llvm/CodeGen/TargetFrameLowering.h>
#include <llvm/CodeGen/TargetPassConfig.h>
#include <llvm/CodeGen/TargetRegisterInfo.h>
#include <llvm/CodeGen/TargetSubtargetInfo.h>
#include <llvm/IR/DebugInfoMetadata.h>
#include <llvm/IR/LegacyPassManager.h>
#include <llvm/MC/MCContext.h>
#include <llvm/MC/MCExpr.h>
#include <llvm/MC/MCSectionELF.h>
#include <llvm/MC/MCStreamer.h>
#include <llvm/MC/TargetRegistry.h>
#include <llvm/Support/raw_ostream.h>
#include "codegen/emit/split_cold.h"
#include "codegen/layout/sections.h"
#include "runtime/abi/sections.h"

namespace krait::codegen::emit {
namespace {

struct Call {
  llvm::MCSymbol* after;
  uint32_t site;
};
/// Of a function, or of that part of one which stands in a section of its own (split_cold.h).
struct FunctionRecord {
  const llvm::MCSymbol* start;
  llvm::GlobalVariable* code;
  int32_t localsOffset = 0, functionOffset = 0; // from the frame pointer; 0: not exposed
  std::vector<Call> calls;
  struct Inlined {
    llvm::GlobalVariable* code;
    uint32_t site, outer;
  };
  std::vector<Inlined> inlined;
};

/// Labels the calls, once all code motion is over.
class LabelCalls : public llvm::MachineFunctionPass {
public:
  static char ID;
  LabelCalls(const lower::LoweredModule& lowered, std::vector<FunctionRecord>& records)
      : MachineFunctionPass(ID), lowered_(lowered), records_(records) {}

  bool runOnMachineFunction(llvm::MachineFunction& f) override {
    auto code = lowered_.codes.find(&f.getFunction());
    if (code == lowered_.codes.end()) return false;
    FunctionRecord record{.start = nullptr, .code = code->second};
    findExposed(f, record);
    const FunctionRecord empty = record;
    auto finish = [&] {
      if (!record.calls.empty()) records_.push_back(std::move(record));
      record = empty;
      inlined_.clear();
    };
    for (llvm::MachineBasicBlock& block : f) {
      if (&block == &f.front() || block.isBeginSection()) {
        finish();
        record.start = &block == &f.front() ? f.getTarget().getSymbol(&f.getFunction()) : block.getSymbol();
      }
      for (llvm::MachineInstr& i : block) {
        if (!i.isCall() || i.isReturn()) continue;
        llvm::MCSymbol* label = i.getPostInstrSymbol();
        if (!label) i.setPostInstrSymbol(f, label = f.getContext().createTempSymbol());
        record.calls.push_back({label, siteOf(i.getDebugLoc().get(), record)});
      }
    }
    finish();
    return true;
  }

private:
  uint32_t siteOf(const llvm::DILocation* at, FunctionRecord& record) {
    auto found = lowered_.sites.find(at);
    if (found == lowered_.sites.end()) return ~0u;
    const lower::LoweredModule::Place& place = found->second;
    if (!at->getInlinedAt()) return place.site;
    if (auto known = inlined_.find(at); known != inlined_.end()) return known->second;
    const uint32_t outer = siteOf(at->getInlinedAt(), record);
    record.inlined.push_back({place.code, place.site, outer});
    return inlined_[at] = static_cast<uint32_t>(record.inlined.size() - 1) | kInlinedSite;
  }

  /// From where the frame pointer points. Code may reach the variable from the stack pointer all the same; where the frame pointer
  /// stands is then known from where the caller's was put, on which it points.
  static std::optional<int64_t> offsetInFrame(const llvm::MachineFunction& f, int variable) {
    const llvm::Register pointer = f.getSubtarget().getRegisterInfo()->getFrameRegister(f);
    llvm::Register base;
    const auto offset = f.getSubtarget().getFrameLowering()->getFrameIndexReference(f, variable, base);
    if (base == pointer) return offset.getFixed();
    const llvm::MachineFrameInfo& frame = f.getFrameInfo();
    for (const llvm::CalleeSavedInfo& saved : frame.getCalleeSavedInfo())
      if (saved.getReg() == pointer.asMCReg()) return frame.getObjectOffset(variable) - frame.getObjectOffset(saved.getFrameIdx());
    return std::nullopt;
  }

  /// Variables that lower/frame.cpp exposes to the frame walker.
  static void findExposed(const llvm::MachineFunction& f, FunctionRecord& record) {
    const llvm::MachineFrameInfo& frame = f.getFrameInfo();
    for (int i = 0; i < frame.getObjectIndexEnd(); ++i) {
      const llvm::AllocaInst* variable = frame.isDeadObjectIndex(i) ? nullptr : frame.getObjectAllocation(i);
      const bool isLocals = variable && variable->hasMetadata(lower::kFrameLocals);
      if (!isLocals && !(variable && variable->hasMetadata(lower::kFrameFunction))) continue;
      const std::optional<int64_t> offset = offsetInFrame(f, i);
      if (!offset) continue;
      (isLocals ? record.localsOffset : record.functionOffset) = static_cast<int32_t>(*offset);
      const bool resumes = f.getFunction().getReturnType()->isIntegerTy(32); // CodeInfo::resume
      if (!isLocals && resumes) record.functionOffset |= kOfGenerator;
    }
  }

  const lower::LoweredModule& lowered_;
  std::vector<FunctionRecord>& records_;
  llvm::DenseMap<const llvm::DILocation*, uint32_t> inlined_; // in the current function
};
char LabelCalls::ID = 0;

/// Writes the table when all functions are out. Added behind the printer: finalisation goes backwards.
class WriteSites : public llvm::MachineFunctionPass {
public:
  static char ID;
  WriteSites(llvm::AsmPrinter& printer, std::vector<FunctionRecord>& records)
      : MachineFunctionPass(ID), printer_(printer), records_(records) {}

  bool runOnMachineFunction(llvm::MachineFunction&) override { return false; }

  bool doFinalization(llvm::Module&) override {
    if (records_.empty()) return false;
    llvm::MCStreamer& out = *printer_.OutStreamer;
    llvm::MCContext& context = out.getContext();
    auto enter = [&](llvm::MCSection* section) {
      out.switchSection(section);
      out.emitValueToAlignment(llvm::Align(4));
    };
    // A section for each function's record, which says so: the linker orders the records as it orders the functions.
    auto recordSection = [&](const llvm::MCSymbol* function, unsigned number) {
      return context.getELFSection(layout::kSitesSection, llvm::ELF::SHT_PROGBITS, llvm::ELF::SHF_ALLOC | llvm::ELF::SHF_LINK_ORDER, 0, "",
                                   false, number, llvm::cast<llvm::MCSymbolELF>(function));
    };
    auto relative = [&](const llvm::MCSymbol* target) {
      llvm::MCSymbol* here = context.createTempSymbol();
      out.emitLabel(here);
      out.emitAbsoluteSymbolDiff(target, here, 4);
    };
    std::vector<llvm::MCSymbol *> calls, inlined;
    for (const FunctionRecord& r : records_) {
      enter(recordSection(r.start, static_cast<unsigned>(calls.size())));
      calls.push_back(context.createTempSymbol());
      relative(r.start);
      out.emitAbsoluteSymbolDiff(r.calls.back().after, r.start, 4);
      relative(printer_.getSymbol(r.code));
      out.emitInt32(static_cast<uint32_t>(r.localsOffset));
      out.emitInt32(static_cast<uint32_t>(r.functionOffset));
      out.emitInt32(static_cast<uint32_t>(r.calls.size()));
      relative(calls.back());
      inlined.push_back(context.createTempSymbol());
      relative(inlined.back());
    }
    enter(context.getELFSection(layout::kCallSitesSection, llvm::ELF::SHT_PROGBITS, llvm::ELF::SHF_ALLOC));
    for (size_t i = 0; i < records_.size(); ++i) {
      out.emitLabel(inlined[i]);
      for (const FunctionRecord::Inlined& place : records_[i].inlined) {
        relative(printer_.getSymbol(place.code));
        out.emitInt32(place.site);
        out.emitInt32(place.outer);
      }
    }
    for (size_t i = 0; i < records_.size(); ++i) {
      out.emitLabel(calls[i]);
      const llvm::MCSymbol* before = records_[i].start;
      for (const Call& c : records_[i].calls) {
        out.emitAbsoluteSymbolDiffAsULEB128(c.after, before);
        out.emitULEB128IntValue(packedSite(c.site));
        before = c.after;
      }
    }
    return false;
  }

private:
  llvm::AsmPrinter& printer_;
  std::vector<FunctionRecord>& records_;
};
char WriteSites::ID = 0;

} // namespace

void writeMachineCode(lower::LoweredModule& lowered, const Target& target, llvm::LLVMTargetMachine& machine, Output output,
                      llvm::SmallVectorImpl<char>& bytes) {
  // Without -g the locations are only ours: passes that keep debug information up to date need not see them.
  for (auto& [function, code] : lowered.codes)
    if (function->getSubprogram() && function->getSubprogram()->getUnit()->getEmissionKind() == llvm::DICompileUnit::NoDebug)
      const_cast<llvm::Function*>(function)->setSubprogram(nullptr);
  llvm::raw_svector_ostream stream(bytes);
  std::vector<FunctionRecord> records;
  llvm::legacy::PassManager passes;
  auto* info = new llvm::MachineModuleInfoWrapperPass(&machine);
  llvm::TargetPassConfig* config = machine.createPassConfig(passes);
  config->setDisableVerify(true); // debug builds have verified what comes in
  passes.add(config);
  passes.add(info);
  // Where conditional branches reach only so far, before they are made to reach: the linker cannot.
  if (!target.branchesFar) config->insertPass(&llvm::LiveDebugValuesID, new SplitCold);
  if (config->addISelPasses()) llvm::report_fatal_error("no instruction selection for this target");
  config->addMachinePasses();
  if (target.branchesFar) passes.add(new SplitCold);
  config->setInitialized();
  passes.add(new LabelCalls(lowered, records));
  auto streamer = machine.createMCStreamer(
      stream, nullptr, output == Output::Object ? llvm::CodeGenFileType::ObjectFile : llvm::CodeGenFileType::AssemblyFile,
      info->getMMI().getContext());
  if (!streamer) llvm::report_fatal_error(streamer.takeError());
  llvm::AsmPrinter* printer = machine.getTarget().createAsmPrinter(machine, std::move(*streamer));
  passes.add(printer);
  passes.add(new WriteSites(*printer, records));
  passes.add(llvm::createFreeMachineFunctionPass());
  passes.run(*lowered.llvm);
}

} // namespace krait::codegen::emit
