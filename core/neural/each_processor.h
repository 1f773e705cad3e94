#pragma once

// For core/neural alone: PERENNIAL_EACH_PROCESSOR before a function has it compiled for several kinds of
// processor; the one at hand is taken when the program starts.

// A sanitizer is not set up yet when the program chooses between the versions.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) &&                             \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define PERENNIAL_EACH_PROCESSOR                                                                   \
    __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define PERENNIAL_EACH_PROCESSOR
#endif

