/** The project's repository, where a reader can answer. Without SITE_REPO no page has a link to it. */

/** Address of the repository on GitHub, without a slash at its end. */
export const repository: string | undefined = process.env.SITE_REPO?.replace(/\/+$/, '') || undefined;

/** A new issue by one of the forms of .github/ISSUE_TEMPLATE, with fields of it filled in. */
export function issueAddress(
  form: string,
  fields: Readonly<Record<string, string>>,
  place: string | undefined = repository,
): string | undefined {
  return place && `${place}/issues/new?${new URLSearchParams({ template: `${form}.yml`, ...fields })}`;
}

/** Says that a claim's verdict is wrong; the form asks for a result. */
export function wrongClaimAddress(id: string, place?: string): string | undefined {
  return issueAddress('wrong-claim', { title: `${id}: `, claim: id }, place ?? repository);
}

/** Says what is wrong with a page. */
export function problemAddress(path: string, place?: string): string | undefined {
  return issueAddress('page', { page: path }, place ?? repository);
}
