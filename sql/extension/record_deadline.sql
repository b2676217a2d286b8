/* Record within 7 days (step 5, R19), on any table. */
