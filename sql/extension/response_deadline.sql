/* Answer within 5 working days (step 4, R18), on any table. */
