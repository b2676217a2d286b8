/* The holidays of Thailand, 2018-2027, as days of the calendars TH-GOV and TH-SE. */
