export declare function terminalLanguage(environment?: NodeJS.ProcessEnv): 'en' | 'zh';
export declare function localized(english: string, chinese: string): string;
