/* The yearly process (SPEC 5): when each step is due. */
