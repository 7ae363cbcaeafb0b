/* Offsets that invoke_spread.S uses: included by the assembler too. exceptions/frame_walk.cpp checks them. */
#pragma once
#define KRAIT_HOT_ANCHOR 32
#define KRAIT_FUNCTION_CODE 16
#define KRAIT_CODE_PARAM_COUNT 52
#define KRAIT_CODE_ENTRY 112
