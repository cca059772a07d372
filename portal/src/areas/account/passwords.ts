/** The shortest password that the API takes. */
export const shortestPassword = 12;
