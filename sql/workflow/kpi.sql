/* The two KPIs of the process and what stands beside them, on every level (5, R21). */
