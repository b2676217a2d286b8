/* What becomes of a workflow of 0.3.0. */
