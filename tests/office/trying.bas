' Does what a file of jobs says, and writes the cells that are asked for to another.
Sub Main
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  asked = FreeFile
  Open Environ("TRYING_JOBS") For Input As #asked
  answered = FreeFile
  Open Environ("TRYING_ANSWERS") For Output As #answered
  Do While Not Eof(asked)
    Line Input #asked, job
    part = Split(job, ";")
    Select Case part(0)
    Case "open"
      doc = StarDesktop.loadComponentFromURL(ConvertToURL(part(1)), "_blank", 0, hidden())
      page = doc.Sheets.getByIndex(doc.Sheets.Count - 2)
      data = doc.Sheets.getByIndex(doc.Sheets.Count - 1)
    Case "entity"
      page.getCellRangeByName("A4").setString(data.getCellByPosition(0, CLng(part(1))).getString())
    Case "put"
      page.getCellRangeByName(part(1)).setValue(Val(part(2)))
    Case "clear"
      page.getCellRangeByName(part(1)).setString("")
    Case "read"
      For Each row In page.getCellRangeByName(part(1)).getDataArray()
        found = ""
        For Each one In row
          found = found & one & Chr(9)
        Next
        Print #answered, found
      Next
      Print #answered, "end"
    Case "close"
      doc.close(True)
    End Select
  Loop
  Close #asked
  Close #answered
  StarDesktop.terminate()
End Sub
