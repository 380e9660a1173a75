/**
 * The policy of a page with the modules of this one: that of this page, but for the endpoint. For core's `document/csp.ts`, which writes it
 * anew.
 */
export function contentSecurityPolicy(_runtime: unknown, connect: string | undefined): Promise<string> {
  const own = document.querySelector<HTMLMetaElement>('meta[http-equiv]')?.content ?? '';
  return Promise.resolve(own.replace(/(?<=connect-src )[^;]*/, () => connect ?? "'none'"));
}
