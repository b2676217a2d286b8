/* kam.satisfaction: scores of a survey, added up without averaging averages. */
