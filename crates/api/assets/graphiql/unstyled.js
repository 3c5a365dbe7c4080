// Stands in for react-style-singleton, which locks the scrolling of a page by inline styles. This
// page does not scroll, and its content security policy has no room for them.
export const styleHookSingleton = () => () => {};
export const styleSingleton = () => () => null;
export const stylesheetSingleton = () => ({ add() {}, remove() {} });
