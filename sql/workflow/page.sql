/* Documents as pages to print and as CSV; published ones as they were. */
