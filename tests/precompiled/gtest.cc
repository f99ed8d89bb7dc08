// Nothing: CMake makes the precompiled header of GoogleTest for a program, and this is its source.
