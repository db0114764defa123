"""HTTP byte by byte: on connections that are handed to a runner, and on those that a front keeps."""
