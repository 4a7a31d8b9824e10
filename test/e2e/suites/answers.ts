/** How a person answers a question, with nothing but what the SMS tells. */

export interface Page {
	status: number;
	text: string;
}

export const openPage = async (link: string, language = 'en'): Promise<Page> => {
	const response = await fetch(link, { headers: { 'accept-language': language } });
	return { status: response.status, text: await response.text() };
};

export const postAnswer = async (link: string, fields: Record<string, string>): Promise<Page> => {
	const response = await fetch(link, { method: 'POST', body: new URLSearchParams(fields) });
	return { status: response.status, text: await response.text() };
};

export const linkIn = (sms: string): string => /https?:\/\/\S+/.exec(sms)?.[0] ?? '';
export const codesIn = (sms: string): string[] => sms.match(/[YNR]\d{7,}/g) ?? [];
