import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Badge, type Tone } from '@/components/ui/badge'
import { CopyButton } from '@/components/ui/copy-button'
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs'
import { formatBytes, formatNumber } from '@/lib/format'
import { prettyJson, type Reply, textOf } from '../request'

/** Characters; more would make the page slow. */
const SHOWN = 200_000

function toneOf(status: number): Tone {
  return status < 300 ? 'success' : status < 400 ? 'info' : status < 500 ? 'warning' : 'danger'
}

export function ResponseView({ reply }: { reply: Reply }) {
  const { t } = useTranslation('code')
  const text = textOf(reply.bytes)
  const pretty = text === undefined ? undefined : prettyJson(text)
  const canPreview = reply.type === 'text/html' || reply.type.startsWith('image/')
  const [chosen, setChosen] = useState('')
  const offered = ['pretty', 'raw', ...(canPreview ? ['preview'] : []), 'headers']
  const tab = offered.includes(chosen) ? chosen : canPreview ? 'preview' : 'pretty'
  return (
    <Tabs value={tab} onValueChange={setChosen} className="flex h-full min-h-0 flex-col" role="region" aria-label={t('response.label')}>
      <div className="flex shrink-0 flex-wrap items-center gap-x-2 gap-y-1 border-b border-line px-3 py-1">
        <Badge tone={toneOf(reply.status)}>{reply.status} {reply.statusText}</Badge>
        <span className="text-xs text-muted tabular">{t('response.time', { time: formatNumber(reply.milliseconds, reply.milliseconds < 10 ? 1 : 0) })}</span>
        <span className="text-xs text-muted tabular">{formatBytes(reply.bytes.length)}</span>
        {text !== undefined && <CopyButton text={text} label={t('response.copy')} />}
        <TabsList className="-mr-2 ml-auto border-0">
          {offered.map((name) => <TabsTrigger key={name} value={name} className="h-7 text-xs">{t(`response.${name as 'pretty'}`)}</TabsTrigger>)}
        </TabsList>
      </div>
      {reply.redirected && <p className="truncate border-b border-line px-3 py-1 text-xs text-muted">{t('response.redirected', { url: reply.redirected })}</p>}
      <TabsContent value="pretty" className="min-h-0 flex-1 overflow-auto" tabIndex={0}><Text text={pretty ?? text} /></TabsContent>
      <TabsContent value="raw" className="min-h-0 flex-1 overflow-auto" tabIndex={0}><Text text={text} /></TabsContent>
      <TabsContent value="preview" className="min-h-0 flex-1"><Preview reply={reply} text={text} /></TabsContent>
      <TabsContent value="headers" className="min-h-0 flex-1 overflow-auto p-3" tabIndex={0}>
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 font-mono text-xs">
          {reply.headers.map(({ name, value }) => (
            <div key={name} className="contents">
              <dt className="text-muted">{name}</dt>
              <dd className="wrap-anywhere">{value}</dd>
            </div>
          ))}
        </dl>
      </TabsContent>
    </Tabs>
  )
}

function Text({ text }: { text: string | undefined }) {
  const { t } = useTranslation('code')
  if (text === undefined) return <p className="p-3 text-sm text-muted">{t('response.binary')}</p>
  if (text === '') return <p className="p-3 text-sm text-muted">{t('response.empty')}</p>
  return (
    <pre className="p-3 font-mono text-xs wrap-anywhere whitespace-pre-wrap">
      {text.slice(0, SHOWN)}
      {text.length > SHOWN && <span className="text-muted">{`\n${t('response.cut')}`}</span>}
    </pre>
  )
}

/** A page without scripts, forms and our address, or a picture. */
function Preview({ reply, text }: { reply: Reply; text: string | undefined }) {
  const { t } = useTranslation('code')
  const [url, setUrl] = useState<string>()
  const isPicture = reply.type.startsWith('image/')
  useEffect(() => {
    if (!isPicture) return
    const made = URL.createObjectURL(new Blob([reply.bytes], { type: reply.type }))
    // eslint-disable-next-line react-hooks/set-state-in-effect -- the address lives as long as the picture is shown
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [reply, isPicture])
  if (!isPicture) return <iframe sandbox="" srcDoc={text ?? ''} title={t('response.preview')} className="size-full bg-white" />
  return <div className="grid h-full place-items-center overflow-auto p-3">{url && <img src={url} alt={t('response.preview')} className="max-h-full max-w-full" />}</div>
}
