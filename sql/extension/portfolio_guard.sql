/* The portfolio limit (6.1.2.1) on any table. */
