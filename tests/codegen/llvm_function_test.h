// What tests of passes over LLVM IR share: a function `f` out of a text, and one pass over it, whose result is verified.
#pragma once
#include <gtest/gtest.h>
#include <llvm/AsmParser/Parser.h>
#include <llvm/IR/LLVMContext.h>
#include <llvm/IR/Module.h>
#include <llvm/IR/Verifier.h>
#include <llvm/Passes/PassBuilder.h>
#include <llvm/Support/SourceMgr.h>
#include <memory>
#include <string>

namespace krait::codegen::emit {

class LlvmFunctionTest : public testing::Test {
protected:
  llvm::Function& parse(const std::string& text) {
    llvm::SMDiagnostic problem;
    module_ = llvm::parseAssemblyString(text, problem, context_);
    EXPECT_TRUE(module_) << problem.getMessage().str();
    return *module_->getFunction("f");
  }

  template <class Pass> void run(llvm::Function& f, Pass pass) {
    llvm::PassBuilder builder;
    llvm::LoopAnalysisManager loops;
    llvm::FunctionAnalysisManager functions;
    llvm::CGSCCAnalysisManager groups;
    llvm::ModuleAnalysisManager modules;
    builder.registerModuleAnalyses(modules);
    builder.registerCGSCCAnalyses(groups);
    builder.registerFunctionAnalyses(functions);
    builder.registerLoopAnalyses(loops);
    builder.crossRegisterProxies(loops, functions, groups, modules);
    pass.run(f, functions);
    EXPECT_FALSE(llvm::verifyFunction(f, &llvm::errs()));
  }

  llvm::LLVMContext context_;
  std::unique_ptr<llvm::Module> module_;
};

} // namespace krait::codegen::emit
