/** A value that `make test-e2e` sets; these tests do not run against anything that they were not told of. */
export function told(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the browser tests by "make test-e2e", which starts a product.`);
  return value.replace(/\/$/, '');
}
