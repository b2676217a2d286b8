/* The forms CRM-KAM-001 to 005 and the yearly reports, as rows and as documents. */
