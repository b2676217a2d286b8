/* Done by the due day, and how many working days are left or late. */
