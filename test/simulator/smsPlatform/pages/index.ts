import { domesticSmsPage } from './domesticSms';
import { i18nSmsPage } from './i18nSms';
import type { Page } from './page';
import { passwordPage } from './password';
import { callApiPage, callJsonApiPage, statusApiPage, statusJsonApiPage } from './queries';
import { webServicePage } from './webService';

/** The vendor's addresses, in lower case. */
const PAGES: Readonly<Record<string, Page>> = {
	'/i18nsms.aspx': i18nSmsPage,
	'/sms.aspx': domesticSmsPage,
	'/statusapi.aspx': statusApiPage,
	'/statusjsonapi.aspx': statusJsonApiPage,
	'/callapi.aspx': callApiPage,
	'/calljsonapi.aspx': callJsonApiPage,
	'/pwd.aspx': passwordPage,
	'/webservice.asmx': webServicePage,
};

/** The page at a path; IIS does not care about case, and §1 itself prints `I18NSms` and `I18Nsms`. */
export function pageAt(path: string): Page | undefined {
	const name = path.toLowerCase();
	return Object.hasOwn(PAGES, name) ? PAGES[name] : undefined;
}
